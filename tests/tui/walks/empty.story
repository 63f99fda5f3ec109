空案件库

# What there is to say where there is nothing yet.

拍 empty-list
按 1
拍 empty-today
按 3
拍 empty-calendar
按 6
拍 empty-exams
按 4
拍 empty-employers
按 2 v
拍 empty-views
按 esc

# a client of whom no more than a name is known
按 N
键入 李女士
按 f9
拍 empty-case
按 t
拍 empty-time
按 p
拍 empty-plan
按 w
拍 empty-what-if
按 m
拍 empty-materials
按 a
拍 empty-form
按 o
拍 empty-progress
按 r
拍 empty-risks
按 c
拍 empty-notes
按 h
拍 empty-history
按 i
拍 empty-insurance

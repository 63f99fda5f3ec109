# Through every screen, over the office of tests/office.py.

# the list
拍 list
按 / 9 9 0 0 0
拍 list-nothing-found
按 esc g a p : x
拍 list-error
按 esc s t a
拍 list-hints
按 esc esc space j space
拍 list-selected

# many at once
按 m
拍 many
按 j enter
拍 many-prompt
键入 重点
按 enter
拍 many-foreseen
按 esc esc esc

# views and columns, and the log
按 esc / g a p : > 0 enter V
键入 b 差的
拍 view-prompt
按 enter
拍 list-view
按 v
拍 views
按 x
拍 question
按 n esc esc C
拍 columns
按 esc g l
键入 打过电话 +3
拍 log
按 esc
拍 list-left
按 l ctrl+u esc

# help, palette, what was copied
按 ?
拍 help
按 j j j enter
拍 help-press
按 esc esc ctrl+p
拍 palette
键入 ch
拍 palette-typed
按 esc y f4
拍 copied
按 q

# a screen that is locked, and its PIN
按 f10
拍 lock-after
按 esc f12
键入 1234
拍 secret
按 esc ctrl+l
拍 locked
按 enter

# today, calendar, children, policy, employers
按 1
拍 today
按 z
拍 today-snooze
按 esc 3
拍 calendar
按 ]
拍 calendar-next
按 6
拍 exams
按 5
拍 policy
键入 基数
按 enter
拍 policy-filtered
按 G enter
拍 passage
按 esc esc 4
拍 employers
按 enter
拍 employer
按 m
拍 hand-in
按 esc z
拍 chasing
按 esc 2

# a case and its parts
按 g enter
拍 case
按 j j j j j j j j j j j enter
拍 case-row
按 g j j enter
拍 case-field
按 esc right j j j j enter
拍 line
按 esc t
拍 time
按 j j +
拍 time-farther
按 p
拍 plan
按 right
拍 plan-backward
按 w
拍 what-if
按 n
键入 degr
拍 what-if-typed
按 ctrl+u esc r
拍 risks
按 c
拍 notes
按 n
键入 问档案
按 tab
键入 +5
拍 row-form
按 f8 h
拍 history
按 /
拍 history-day
按 esc j enter
拍 as-it-was
按 esc i
拍 insurance
按 left left space left left enter
拍 insurance-range
按 esc esc 2

# a case that was returned
按 j enter m
拍 materials
按 e
拍 materials-row
按 f8 a
拍 form
按 o
拍 progress
按 s enter
拍 progress-step
按 f8

# new ones
按 2 n
键入 李女士 13911112222
按 enter enter
键入 88年
按 enter
拍 quick
按 f8 y esc N
键入 张三
按 enter enter
键入 340104198803071
拍 new-case
按 f8 y esc

# a terminal that is too small
窗口 50x10
拍 too-small

# Ana has 张三 on the phone: she finds him by his initials and puts his new number in; it is in the history, and u takes
# it back.

按 / z s
见 张三 待达标 95
不见 李梅
行 1 见 1 / 9
按 enter
按 enter
行 1 见 张三 38 岁 待达标 95 分

# a field is found by its name, and committed as it is left
按 /
键入 手机
按 enter enter
按 ctrl+u
键入 13911113333
按 enter
见 手机 139****3333
按 h
见 手机 138****0001 → 139****3333
行 1 见 6 条

# what was changed before is still what it was
按 f u
见 已撤销
见 手机 138****0001

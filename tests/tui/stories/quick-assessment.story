# Somebody new calls: ten answers, a message for WeChat, and the answers are a case with what was said.

按 n
键入 王女士 13711112222
按 enter enter
键入 88年
按 enter
见 哪年生 88年 30 分
键入 本科有学位 2010 全日制
按 enter enter
键入 七年二个月，还在缴
按 enter
键入 一万出头
按 enter
见 合计 166 分，够 120 分
见 还要问：

# the message promises nothing
按 f6
复制了 王女士您好，按电话里说的，2026-11-22 粗算如下
复制了 - 年龄 30 分
复制了 结果以受理部门核定为准

按 f9
行 1 见 王女士 38 岁 已测算 166 分
按 c
见 电话速测：
见 社保：七年二个月，还在缴
按 2
行 1 见 案件列表 10
行 4 见 王女士 已测算 166 +46

# All clients of one employer get a tag at once; whoever has it already stays as they are; u takes all of it back.

按 /
键入 上海某某
按 enter
行 1 见 5 / 9
按 a
行 1 见 已选 5
按 m
行 1 见 成批办理 5 个案件
按 j enter
键入 中考
按 enter
见 加标签 中考
见 会改 3 个案件
见 2 个已经是这样
按 enter
见 改了 3 个案件
见 办好了，u 全部撤销
按 enter
按 esc
按 / ctrl+u
键入 标签:中考
行 1 见 5 / 9

按 enter u
见 一起撤销 3 个案件
按 y
行 1 见 2 / 9

# A filter that is needed every morning becomes a view with a key of its own, and a key leads back to it.

按 / esc V
见 先筛选
按 /
键入 卡在:人事 排序:期限
按 enter
行 1 见 卡在人事 3 / 9
行 4 见 李梅
按 / ctrl+u
键入 标签:中考 状态:退回补正
按 enter V
键入 z 中考退回
见 → z 中考退回
按 enter
见 已存为视图 中考退回：v z
行 1 见 中考退回 1 / 9
按 esc
行 1 见 案件列表 9
按 v z
行 1 见 中考退回 1 / 9
见 李梅 退回补正

# it is counted among the views, and goes as it came
按 v
见 z 中考退回 1
按 x
见 删除视图“中考退回”？
按 y esc
行 1 见 案件列表 1 / 9

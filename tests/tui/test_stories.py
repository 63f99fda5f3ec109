"""The stories of stories/, told over the office of tests/office.py. How they are written stands in tests/stories.py."""

from pathlib import Path

import pytest
from office import NOW, at, furnish
from screens import session
from stories import Unlike, begins_empty, tell, told

from models.workspace import Workspace

STORIES = sorted((Path(__file__).parent / "stories").iterdir())


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
async def test_the_story_goes_as_it_is_told(workspace: Workspace, story: Path) -> None:
    steps = told(story)
    if not begins_empty(steps):
        furnish(workspace)
    with at(NOW):
        async with session(workspace) as pilot:
            await tell(pilot, steps)


async def test_a_step_that_is_not_so_is_named_with_its_line_and_the_screen(
    workspace: Workspace, tmp_path: Path
) -> None:
    story = tmp_path / "wrong.story"
    story.write_text("空案件库\n\n行 1 见 案件列表 0\n不见 张三\n见 张三\n", encoding="utf-8")
    async with session(workspace) as pilot:
        with pytest.raises(Unlike, match=r"^wrong\.story:5: 见 张三\n 达标  案件列表"):
            await tell(pilot, told(story))


@pytest.mark.parametrize("line", ["看 张三", "见", "行 见 张三", "窗口 大", "按"])
def test_a_line_that_is_no_step_is_refused_before_anything_is_pressed(tmp_path: Path, line: str) -> None:
    story = tmp_path / "wrong.story"
    story.write_text(f"# 开头\n{line}\n", encoding="utf-8")
    with pytest.raises(Unlike, match=r"^wrong\.story:2: "):
        told(story)

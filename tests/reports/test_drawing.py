import io

import numpy as np
import pytest
from matplotlib.image import imread

from app import i18n
from app.reports.customers import CustomersReport
from app.reports.drawing import MOST_BARS, Bar, bars
from app.reports.picture import write_picture
from app.reports.style import make_style, new_figure
from app.ui.tokens import DARK, LIGHT

REPORT = CustomersReport()


def drawn(chart_or_draw, tokens):
    style = make_style(tokens)
    figure = new_figure(style, 480, 300)
    chart_or_draw(figure, style)
    content = io.BytesIO()
    figure.savefig(content, dpi=72)
    content.seek(0)
    return figure, imread(content)


def texts(figure):
    from matplotlib.text import Text

    return [one.get_text() for one in figure.findobj(Text) if one.get_text()]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_every_chart_draws_itself_in_every_language_and_theme(
    runner, manager, customers, tokens, language
):
    i18n.use(language)
    for chart in REPORT.charts(runner.load(REPORT, manager).data):
        figure, picture = drawn(chart.draw, tokens)
        ground = np.array([int(tokens["surface"][i : i + 2], 16) / 255 for i in (1, 3, 5)])
        assert np.allclose(picture[0, 0, :3], ground, atol=0.01)
        assert picture.std() > 0.01, chart.name
        assert texts(figure), chart.name


def test_no_sign_of_a_chinese_label_is_missing_from_the_fonts(recwarn):
    rows = [Bar("转介绍與展會", 3), Bar("$=x_{1}$ 官网", 2)]
    drawn(lambda figure, style: bars(figure, style, rows, 5), LIGHT)
    assert [str(one.message) for one in recwarn] == []


def test_a_bar_says_how_many_and_which_part():
    figure, _ = drawn(lambda f, s: bars(f, s, [Bar("A", 3), Bar("B", 1)], 4), LIGHT)
    assert {"3 · 75.0%", "1 · 25.0%"} <= set(texts(figure))


def test_what_is_beyond_the_bars_is_one_bar_that_says_how_many_it_holds():
    rows = [Bar(f"Owner {n}", 20 - n) for n in range(14)]
    figure, _ = drawn(lambda f, s: bars(f, s, rows, sum(one.count for one in rows)), LIGHT)
    (axes,) = figure.axes
    assert len(axes.patches) == MOST_BARS
    assert sum(patch.get_width() for patch in axes.patches) == sum(one.count for one in rows)
    assert "5 others" in texts(figure)


def test_nothing_to_draw_is_said():
    figure, _ = drawn(lambda f, s: bars(f, s, [], 0), LIGHT)
    assert texts(figure) == ["Nothing to show yet"]


def test_an_unfinished_month_is_dashed_with_a_hollow_point(runner, manager, customers):
    chart = REPORT.charts(runner.load(REPORT, manager).data)[-1]
    figure, _ = drawn(chart.draw, LIGHT)
    whole, dashed, point = figure.axes[0].lines
    assert len(whole.get_xdata()) == 4
    assert dashed.get_linestyle() == "--"
    assert point.get_markerfacecolor() == LIGHT["surface"]


def test_one_picture_shows_every_chart(runner, manager, customers, tmp_path):
    path = tmp_path / "customers.png"
    write_picture(path, runner.load(REPORT, manager), make_style(LIGHT), scale=1)
    picture = imread(path)
    height, width, _ = picture.shape
    assert width == 1280
    quarters = (
        picture[56 : (height + 56) // 2, : width // 2],
        picture[56 : (height + 56) // 2, width // 2 :],
        picture[(height + 56) // 2 :, : width // 2],
        picture[(height + 56) // 2 :, width // 2 :],
    )
    assert all(part.std() > 0.01 for part in quarters)

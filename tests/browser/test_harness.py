"""What the other tests here lean on, tried on pages that are wrong on purpose."""

from pathlib import Path

import pytest
from watching import Watch, findings, in_view, tab_to, wider_than_screen


@pytest.fixture
def page_of(browser, tmp_path: Path):
    watch = Watch(browser)

    def written(body: str, **options):
        page = watch("about:blank", **options)
        page.set_content(f'<!doctype html><html lang="vi"><head><title>Thử</title></head><body><main><h1>Thử</h1>{body}</main></body></html>')
        return page

    written.watch = watch
    yield written
    watch.close()


def test_a_request_to_another_host_is_seen(page_of):
    page_of('<img alt="" src="http://fonts.example/x.png"><img alt="" src="data:image/png;base64,">')
    assert page_of.watch.outside() == ["http://fonts.example/x.png"]


def test_a_failed_script_is_seen(page_of):
    page_of("<p>x</p>").evaluate("() => setTimeout(() => { throw new Error('nothing'); })")
    page_of("<p>y</p>").wait_for_timeout(50)
    assert any("nothing" in failure for failure in page_of.watch.failures)


def test_axe_finds_what_is_wrong_and_nothing_else(page_of):
    assert findings(page_of("<p>Đủ cả</p>")) == []
    page = page_of('<img src="data:,"><p style="color: #bbb; background: #fff">nhạt</p>')
    assert {line.split()[0] for line in findings(page)} == {"image-alt", "color-contrast"}
    assert {line.split()[0] for line in findings(page, "color-contrast")} == {"color-contrast"}


def test_a_policy_that_is_broken_is_seen(page_of):
    page = page_of("<p>x</p>")
    page.set_content("""<meta http-equiv="Content-Security-Policy" content="script-src 'none'"><script>1</script>""")
    page.wait_for_timeout(50)
    assert any("Content Security Policy" in failure for failure in page_of.watch.failures)


def test_axe_looks_into_an_open_shadow(page_of):
    page = page_of("<x-one></x-one>")
    page.evaluate("() => { document.querySelector('x-one').attachShadow({ mode: 'open' }).innerHTML = '<button></button>'; }")
    assert any(line.startswith("button-name") for line in findings(page))


def test_what_is_too_wide_is_named(page_of):
    assert wider_than_screen(page_of("<p>hẹp</p>", width=320)) == []
    assert any("#wide" in line for line in wider_than_screen(page_of('<p id="wide" style="width: 400px">rộng</p>', width=320)))


def test_in_view(page_of):
    lid = '<header style="position: fixed; inset: 0 0 auto; height: 80px; background: #fff; z-index: 1">x</header>'
    lines = [f'<p id="at-{top}" style="position: absolute; top: {top}px; margin: 0">a</p>' for top in (20, 200, 3000)]
    page = page_of("".join([lid, *lines]))
    assert [in_view(page.locator(f"#at-{top}")) for top in (20, 200, 3000)] == [False, True, False]


def test_tab_goes_into_an_open_shadow(page_of):
    page = page_of('<a href="#">x</a><x-one></x-one>')
    page.evaluate("() => { document.querySelector('x-one').attachShadow({ mode: 'open' }).innerHTML = '<button id=inner>y</button>'; }")
    tab_to(page, "it.id === 'inner'")
    with pytest.raises(AssertionError, match="do not reach"):
        tab_to(page, "it.id === 'nowhere'", most=3)

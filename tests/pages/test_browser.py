"""What the tests' browser promises to the next test."""

from tests.pages.browser import HOME, answer_from


def test_a_form_that_is_sent_at_the_end_of_a_test_is_not_answered(browser_pages, as_person):
    client, faults, asked = as_person("kartika"), [], []
    client.handler = _counted(client.handler, asked)
    page = browser_pages.take(javascript=True)
    answer_from(client, page, faults)
    page.goto(f"{HOME}/pekerja/baru/")
    assert asked, "the page was not asked for"
    asked.clear()
    page.evaluate("document.querySelector('main form[method=post]').submit()")
    browser_pages.give_back(page)
    assert page.url == "about:blank"
    assert asked == faults == []


def _counted(handler, asked):
    def handle(environ):
        asked.append(environ["REQUEST_METHOD"])
        return handler(environ)

    return handle

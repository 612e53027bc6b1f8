"""The pages in the language of who reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest
from pseudo import disguised, english
from starlette.testclient import TestClient

from grader.classroom.gradebook import Gradebook, Holder
from grader.classroom.links import Role
from grader.judge.result import Outcome
from grader.words import text as words

from .conftest import judge

SiteOf = Callable[..., Any]
SOFTMAX = ("softmax.py", b"def softmax(x):\n    return x\n")
DATA = (
    "softmax NumPy Week Tasks amina mira English Deutsch First Second UTC csv tests json junit export Amina notes pdf "
    "Canvas Moodle gradescope prairielearn classroom"
)


def chooses(client: TestClient, language: str, back: str = "/") -> Any:
    return client.post("/language", data={"language": language, "back": back})


def pages_of_a_student(site: Any) -> Iterator[Any]:
    client = site.visit(Role.STUDENT, "amina")
    yield client.get("/a/week")
    yield site.hand_in(client)
    yield site.hand_in(client, ("notes.pdf", b"%PDF"))
    yield site.hand_in(client, exercise="other", code="x")
    yield site.hand_in(client, *((f"{number}.py", b"") for number in range(51)))
    assert site.hand_in(client, SOFTMAX).status_code == 303
    yield client.get("/attempts/1")
    yield client.get("/a/week")
    assert site.hand_in(client, SOFTMAX).status_code == 303
    site.judged(1, title="Κ")
    site.judged(2, title="Κ")
    yield client.get("/attempts/2")
    yield client.get("/a/week")
    yield site.hand_in(client, SOFTMAX)  # one too many
    yield client.get("/a/week/hints/softmax")
    yield client.get("/a/week/hints/softmax?so_many=2")
    yield client.get("/a/week/hints/L1")
    yield client.get("/a/other")
    yield client.post("/a/week", data={"token": "guessed"})
    yield client.post("/language", data={"language": "xx"})
    yield client.get("/leave")
    yield client.post("/leave", data={"token": site.token(client)})
    yield client.get("/")


def pages_of_a_teacher(site: Any) -> Iterator[Any]:
    client = site.visit(Role.TEACHER, "mira")
    yield client.get("/")
    yield client.get("/class/week")
    judge(site, "amina", {"softmax": 10, "L1": 2}, Outcome.MISSING)
    yield client.get("/")
    exports = "/class/week/export"
    yield client.get(exports)
    yield client.get(f"{exports}/canvas-feedback")
    sent = {"token": site.token(client, exports)}
    yield client.post(f"{exports}/canvas", data=sent)
    for form in ("canvas", "moodle"):
        yield client.post(f"{exports}/{form}", data=sent, files=[("file", ("amina.csv", b"Amina"))])
    with Gradebook(site.place) as book, book.writing():
        book.mark(Holder("week", "amina", "softmax"), Fraction(5), author="mira", why="a try")
    yield client.get("/class/week")
    yield client.get("/class/week?show=late")
    yield client.get("/class/week/mistakes")
    student = "/class/week/student?student=amina"
    yield client.get(student)
    form = {"token": site.token(client, student), "student": "amina", "exercise": "softmax"}
    for entry in ({"points": "3"}, {"points": "?", "why": "a"}, {"points": "300", "why": "a"}, {"why": "a"}):
        yield client.post("/class/week/student", data={**form, **entry})
    yield client.get("/class/week/regrade?written=3")
    with Gradebook(site.place) as book, book.writing():
        book.write("UPDATE exercises SET key = 'changed'", ())
    yield client.get("/class/week")
    yield client.get("/class/week/regrade")
    yield client.post("/class/week/regrade", data={**form, "digest": "other"})


@pytest.mark.parametrize("pages", [pages_of_a_student, pages_of_a_teacher])
def test_no_page_has_english_that_goes_past_the_catalogues(
    site: SiteOf, pages: Callable[[Any], Iterator[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "translated", disguised)
    for page in pages(site(attempts=2, language="zh")):
        if page.status_code != 303:
            assert not english(page.text, DATA), (page.request.method, page.url.path, page.status_code)
            assert '<html lang="zh-Hans">' in page.text


def test_who_has_chosen_nothing_reads_what_the_server_was_told(site: SiteOf) -> None:
    assert "Your personal link" in site().stranger().get("/").text
    assert "Bitte über deinen" in site(language="de").stranger().get("/").text


def test_a_choice_is_kept_and_is_of_this_browser_alone(site: SiteOf) -> None:
    a_site = site(url="https://handin.example.org")
    client = a_site.stranger()
    answer = chooses(client, "zh", "/class/week?sort=L1&order=down")
    assert (answer.status_code, answer.headers["location"]) == (303, "/class/week?sort=L1&order=down")
    cookie = answer.headers["set-cookie"]
    assert {"language=zh", "HttpOnly", "Secure", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}

    page = a_site.stranger().get("/", headers={"cookie": "language=zh"}).text
    assert '<html lang="zh-Hans">' in page
    assert re.search(r'value="zh" lang="zh-Hans" aria-current="true">中文<', page)
    assert '<html lang="en">' in a_site.stranger().get("/").text


@pytest.mark.parametrize("language", ["", "fr", "zh-Hans", "ZH", "zh\r\nx: y"])
def test_no_other_language_can_be_chosen(site: SiteOf, language: str) -> None:
    client = site().stranger()
    answer = chooses(client, language)
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers
    assert '<html lang="en">' in client.get("/", headers={"cookie": "language=fr"}).text


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org", "/\\example.org", "\\", "", "a/week", "/a\r\nx: y", "/ä"]
)
def test_a_choice_leads_nowhere_else(site: SiteOf, back: str) -> None:
    assert chooses(site().stranger(), "de", back).headers["location"] == "/"


def test_a_page_says_where_it_is_read_anew(site: SiteOf) -> None:
    a_site = site()
    teacher = a_site.visit(Role.TEACHER, "mira")
    assert 'name="back" value="/class/week?show=late&amp;sort=L1"' in teacher.get("/class/week?show=late&sort=L1").text
    secret = a_site.stranger().get("/s/guessed").text
    assert 'name="back" value="/"' in secret
    assert "guessed" not in secret


def test_a_fault_of_ours_is_told_in_the_language(site: SiteOf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("grader.classroom.links.who_holds", fail)
    client = site(language="de").stranger()
    client._transport.raise_server_exceptions = False
    assert "ohne deine Schuld" in client.get("/s/guessed").text


def test_programs_read_english(site: SiteOf) -> None:
    a_site = site(language="zh", attempts=0)
    client = a_site.stranger()
    headers = {"cookie": "language=zh"}
    assert client.post("/api/v1/submissions", headers=headers).json() == {"error": "Your personal link, please"}
    headers["authorization"] = f"Bearer {a_site.secret(Role.STUDENT, 'amina')}"
    spent = client.post("/api/v1/submissions", headers=headers, files=[("files", SOFTMAX)])
    assert spent.json()["error"].startswith("Nothing was handed in")

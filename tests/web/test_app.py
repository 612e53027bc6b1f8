"""Who may see what: every address, for a student, another student, a teacher and a stranger."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.routing import Route

from grader.classroom.gradebook import Gradebook
from grader.classroom.links import Role, revoke
from grader.errors import GraderError

SiteOf = Callable[..., Any]
CODE = ("softmax.py", b"def softmax(x):\n    return x\n")
# Address, method, and the status for: the student whose attempt 1 is, another student, a teacher, a stranger.
ROUTES = {
    "/": ("GET", 303, 303, 200, 401),
    "/web.js": ("GET", 200, 200, 200, 200),
    "/s/{secret}": ("GET", 404, 404, 404, 404),
    "/leave": ("POST", 403, 403, 403, 401),
    "/language": ("POST", 303, 303, 303, 303),
    "/a/{name}": ("GET", 200, 200, 404, 401),
    "/a/{name} ": ("POST", 403, 403, 404, 401),
    "/a/{name}/hints/{exercise}": ("GET", 200, 200, 404, 401),
    "/attempts/{number:whole}": ("GET", 200, 404, 404, 401),
    "/attempts/{number:whole}/files/{position:whole}": ("GET", 200, 404, 404, 401),
    "/class/{name}": ("GET", 404, 404, 200, 401),
    "/class/{name}/mistakes": ("GET", 404, 404, 200, 401),
    "/class/{name}/student": ("GET", 404, 404, 404, 401),  # of a student who is not there
    "/class/{name}/student ": ("POST", 404, 404, 403, 401),
    "/class/{name}/regrade": ("GET", 404, 404, 200, 401),
    "/class/{name}/regrade ": ("POST", 404, 404, 403, 401),
    "/class/{name}/export": ("GET", 404, 404, 200, 401),
    "/class/{name}/export/{form}": ("GET", 404, 404, 200, 401),
    "/class/{name}/export/{sheet} ": ("POST", 404, 404, 403, 401),
    "/api/v1/submissions": ("POST", 401, 401, 401, 401),
    "/api/v1/submissions/{number:whole}": ("GET", 401, 401, 401, 401),
}
PARTS = {
    "{secret}": "guessed",
    "{name}": "week",
    "{exercise}": "softmax",
    "{number:whole}": "1",
    "{position:whole}": "0",
    "{form}": "csv",
    "{sheet}": "canvas",
}


def address_of(route: str) -> str:
    for part, value in PARTS.items():
        route = route.replace(part, value)
    return route.strip()


def test_every_address_is_in_the_table(site: SiteOf) -> None:
    routes = [
        (route.path, method) for route in site().app.routes if isinstance(route, Route) for method in route.methods
    ]
    tabled = {(route.strip().replace("{sheet}", "{form}"), method) for route, (method, *_) in ROUTES.items()}
    assert {(path, method) for path, method in routes if method != "HEAD"} == tabled


@pytest.mark.parametrize("route", ROUTES)
def test_each_visitor_sees_what_is_theirs_and_nothing_else(site: SiteOf, route: str) -> None:
    a_site = site()
    owner, other = a_site.visit(Role.STUDENT, "amina"), a_site.visit(Role.STUDENT, "bruno")
    assert a_site.hand_in(owner, CODE).headers["location"] == "/attempts/1"
    a_site.judged(1, title="for amina alone")
    method, *expected = ROUTES[route]

    visitors = (owner, other, a_site.visit(Role.TEACHER, "mira"), a_site.stranger())
    data = {"language": "zh"} if route == "/language" else {}
    answers = [client.request(method, address_of(route), data=data) for client in visitors]

    assert [answer.status_code for answer in answers] == expected
    assert not any("for amina alone" in answer.text for answer in answers[1:])
    assert not any("amina" in answer.text for answer in (answers[1], answers[3]))
    for answer in answers:
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("number", ["9" * 19, "9223372036854775808", "1" + "0" * 30, "9" * 5000])
@pytest.mark.parametrize("route", [route for route in ROUTES if ":" in route])
def test_a_number_that_nothing_can_have_is_not_there(site: SiteOf, route: str, number: str) -> None:
    a_site = site()
    owner = a_site.visit(Role.STUDENT, "amina")
    a_site.hand_in(owner, CODE)
    headers = {"Authorization": f"Bearer {a_site.secret(Role.STUDENT, 'amina')}"}
    parts = [part for part in PARTS if part in route and PARTS[part].isdigit()]
    for part in parts:
        address = address_of(route.replace(part, number))
        assert owner.get(address, headers=headers).status_code == 404


def test_a_length_that_no_body_has_is_refused(site: SiteOf) -> None:
    for told in ("9" * 5000, "-1", "²"):
        answer = site().stranger().post("/language", headers={"content-length": told.encode()}, content=b"")
        assert answer.status_code == 413


def test_a_link_becomes_a_visit_without_its_secret(site: SiteOf) -> None:
    a_site = site(url="https://handin.example.org")
    secret = a_site.secret(Role.STUDENT, "amina")

    answer = a_site.stranger().get(f"/s/{secret}")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "Secure", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}
    assert secret not in cookie
    assert secret.encode() not in a_site.place.read_bytes()


def test_a_revoked_link_ends_its_visits(site: SiteOf) -> None:
    a_site = site()
    secret = a_site.secret(Role.STUDENT, "amina")
    client = a_site.stranger()
    client.get(f"/s/{secret}")
    assert client.get("/a/week").status_code == 200

    with Gradebook(a_site.place) as book:
        assert revoke(book, Role.STUDENT, "amina") == 1

    assert client.get("/a/week").status_code == 401
    assert a_site.stranger().get(f"/s/{secret}").status_code == 404


def test_a_link_that_opens_once(site: SiteOf) -> None:
    a_site = site()
    secret = a_site.secret(Role.TEACHER, "mira", once=True)
    client = a_site.stranger()
    client.get(f"/s/{secret}")
    assert client.get("/").status_code == 200
    assert a_site.stranger().get(f"/s/{secret}").status_code == 404


def test_who_leaves_has_left(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    cookie = client.cookies["numgrade"]
    assert client.post("/leave", data={"token": a_site.token(client)}).status_code == 200
    client.cookies.set("numgrade", cookie)
    assert client.get("/a/week").status_code == 401


def test_a_form_of_another_visit_is_refused(site: SiteOf) -> None:
    a_site = site()
    owner, other = a_site.visit(Role.STUDENT, "amina"), a_site.visit(Role.STUDENT, "bruno")
    assert a_site.hand_in(owner, CODE, token=a_site.token(other)).status_code == 403
    assert a_site.hand_in(owner, CODE, token="").status_code == 403
    assert "No attempt" not in owner.get("/a/week").text
    assert "Your attempts" not in owner.get("/a/week").text


def test_a_fault_of_ours_is_told_without_the_address(
    site: SiteOf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_site = site()
    secret = a_site.secret(Role.STUDENT, "amina")

    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("no way")

    monkeypatch.setattr("grader.classroom.links.who_holds", fail)
    with caplog.at_level(logging.ERROR):
        answer = a_site.stranger().get(f"/s/{secret}")  # nothing goes on to what serves: it would print a traceback
    assert answer.status_code == 500
    assert "through no fault of yours" in answer.text
    assert re.fullmatch(r"GET /s/\{secret\}: ZeroDivisionError in grader\.web\.database, line \d+\n", as_served(caplog))


def as_served(caplog: pytest.LogCaptureFixture) -> str:
    """The log as `grader serve` writes it."""
    return "".join(f"{logging.Formatter('%(message)s').format(record)}\n" for record in caplog.records)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (GraderError("book.db: the disk is full"), "book.db: the disk is full"),
        (ValueError("a secret\n" * 3), "ValueError in grader.web.database, line "),
    ],
)
def test_a_fault_in_one_line_says_our_own_words_and_no_others(
    site: SiteOf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception, words: str
) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")

    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr("grader.classroom.inbox.open_sheets", fail)
    assert client.get("/a/week").status_code == 500
    (line,) = as_served(caplog).splitlines()
    assert line.startswith(f"GET /a/{{name}}: {words}")


def test_a_fault_is_shown_whole_where_that_is_asked_for(
    site: SiteOf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")

    def fail(*arguments: object) -> None:
        raise ValueError("all of it")

    monkeypatch.setattr("grader.classroom.inbox.open_sheets", fail)
    monkeypatch.setenv("NUMGRADE_DEBUG", "1")
    client.get("/a/week")
    assert "Traceback" in as_served(caplog)
    assert "ValueError: all of it" in as_served(caplog)


def test_where_very_much_waits_nothing_more_is_taken_in(site: SiteOf, monkeypatch: pytest.MonkeyPatch) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    token = a_site.token(client)
    monkeypatch.setattr("grader.web.app._MOST_IN_LINE", 0)

    answer = client.post("/a/week", data={"token": token}, files=[("files", CODE)])

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert "<h1>" in answer.text
    monkeypatch.undo()
    assert "Your attempts" not in client.get("/a/week").text


def test_more_bytes_than_may_come_are_refused(site: SiteOf) -> None:
    a_site = site()
    client = a_site.visit(Role.STUDENT, "amina")
    large = ("softmax.py", b"#" * (9 << 20))
    assert a_site.hand_in(client, large).status_code == 413

    def stream() -> Any:
        for _ in range(9):
            yield b"#" * (1 << 20)

    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/a/week", content=stream(), headers=headers).status_code == 413
    assert "Your attempts" not in client.get("/a/week").text

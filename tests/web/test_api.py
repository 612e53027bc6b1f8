"""Programs that hand in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from grader.classroom import inbox
from grader.classroom.gradebook import Gradebook
from grader.classroom.links import Role

SiteOf = Callable[..., Any]
FILE = ("softmax.py", b"def softmax(x):\n    return x\n")


def post(site: Any, secret: str, *files: tuple[str, bytes], **fields: str) -> Any:
    headers = {"Authorization": f"Bearer {secret}"}
    sent = [("files", file) for file in files]
    return site.stranger().post("/api/v1/submissions", headers=headers, files=sent, data=fields)


def test_who_waits_gets_the_result(site: SiteOf) -> None:
    a_site = site()
    secret = a_site.secret(Role.STUDENT, "amina")

    def judge() -> None:
        with Gradebook(a_site.place) as book:
            while not inbox.count_waiting(book):
                time.sleep(0.01)
        a_site.judged(1)

    judging = threading.Thread(target=judge)
    judging.start()
    answer = post(a_site, secret, FILE)
    judging.join()

    assert answer.status_code == 200
    assert answer.json() == {"id": 1, "schema": 1}


def test_who_cannot_wait_comes_back(site: SiteOf, monkeypatch: pytest.MonkeyPatch) -> None:
    a_site = site()
    monkeypatch.setattr("grader.web.api._PATIENCE", 0.0)
    secret = a_site.secret(Role.STUDENT, "amina")
    answer = post(a_site, secret, FILE)
    assert (answer.status_code, answer.json()) == (202, {"id": 1})

    def read(whose: str) -> Any:
        return a_site.stranger().get("/api/v1/submissions/1", headers={"Authorization": f"Bearer {whose}"})

    assert (read(secret).status_code, read(secret).json()) == (202, {"id": 1})
    a_site.judged(1)
    assert (read(secret).status_code, read(secret).json()) == (200, {"id": 1, "schema": 1})
    assert read(a_site.secret(Role.STUDENT, "bruno")).status_code == 404
    assert read(a_site.secret(Role.TEACHER, "mira")).status_code == 401
    assert read("guessed").status_code == 401
    assert a_site.stranger().get("/api/v1/submissions/1").headers["www-authenticate"] == "Bearer"


def test_the_other_files_of_the_last_attempt_stay_unless_it_says_otherwise(site: SiteOf) -> None:
    a_site = site(attempts=2)
    secret = a_site.secret(Role.STUDENT, "amina")
    a_site.app.state.waiting = 50
    first, changed = ("L1.py", b"def L1(a, b):\n    return 0\n"), ("L1.py", b"def L1(a, b):\n    return 1\n")
    cell = b'{"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": [], "execution_count": null}'
    notebook = ("work.ipynb", b'{"cells": [%s], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}' % cell)

    post(a_site, secret, FILE, first)
    post(a_site, secret, changed)  # an attempt at L1 alone, as on the page
    assert post(a_site, secret, ("L1.py", b"x = 1\n")).status_code == 403
    assert post(a_site, secret, FILE, keep="no").status_code == 202
    assert post(a_site, secret, FILE, keep="perhaps").json() == {"error": "keep: write yes or no."}

    with Gradebook(a_site.place) as book:
        kept = [dict(inbox.files_of(book, number)) for number in (1, 2, 3)]
        assert inbox.left(book, "week", "amina", most=2, exercises=("softmax", "L1")) == {"softmax": 1, "L1": 0}
    assert kept == [dict([FILE, first]), dict([FILE, changed]), dict([FILE])]
    other = a_site.secret(Role.STUDENT, "bruno")
    post(a_site, other, FILE)
    number = post(a_site, other, notebook, keep="yes").json()["id"]  # in place of the scripts, not beside them
    with Gradebook(a_site.place) as book:
        assert dict(inbox.files_of(book, number)) == dict([notebook])


def test_where_many_wait_nobody_else_does(site: SiteOf, monkeypatch: pytest.MonkeyPatch) -> None:
    a_site = site()
    a_site.app.state.waiting = 50
    assert post(a_site, a_site.secret(Role.STUDENT, "amina"), FILE).status_code == 202


def test_what_is_wrong_is_said(site: SiteOf) -> None:
    a_site = site(attempts=1)
    secret = a_site.secret(Role.STUDENT, "amina")
    a_site.app.state.waiting = 50
    assert post(a_site, secret).json() == {"error": "Choose a file, or paste your code."}
    assert post(a_site, secret, FILE, assignment="other").status_code == 400
    assert post(a_site, secret, FILE, assignment="week").status_code == 202
    spent = post(a_site, secret, ("softmax.py", b"x = 1\n"))
    assert spent.status_code == 403
    assert "no attempt left at softmax" in spent.json()["error"]

"""Where a gradebook is, as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.location import DatabaseUrl, location_of, spelled
from grader.errors import GraderError

SECRET = "hunter2"


@pytest.mark.parametrize("text", ["gradebook.db", "/tmp/a b.db", "C:\\grades\\a.db", "a:b"])
def test_what_is_no_url_is_a_file(text: str) -> None:
    assert location_of(text) == Path(text)
    assert location_of(spelled(Path(text))) == Path(text).absolute()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://mira@db.example.org/grades", None),
        ("postgres://db.example.org:5433/grades", None),
        ("postgresql:///grades", None),
        ("postgresql://[::1]:5432/grades", None),
        ("postgresql://mira@one:1,two:2/grades", None),
        ("postgresql:///?service=grades", None),
        ("postgresql:///grades?host=/run/postgresql&user=mira", None),
        ("postgresql://mira@/grades?sslmode=require&passfile=/etc/pass&sslkey=k", "postgresql://mira@/grades"),
        (
            "postgresql://host/d?options=-csearch_path%3Dx&user=a@b:c@d",
            "postgresql://host/d?options=-csearch_path%3Dx&user=a%40b%3Ac%40d",
        ),
    ],
)
def test_a_url_is_of_a_database(text: str, shown: str | None) -> None:
    found = location_of(text)
    assert found == DatabaseUrl(text)
    assert str(found) == (shown or text)
    assert location_of(spelled(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://mira:{}@host/d",
        "postgres://mira:{}@host/d",
        "postgresql://mira:a@{}@host/d",
        "postgresql://mira:a/{}@host/d",
        "postgresql://mira:1?{}@host/d",
        "postgresql://mira:a#{}@host/d",
        "postgresql://:{}@host/d",
        "postgresql://host/d?password={}",
        "postgresql://host/d?user=mira&p%61ssword={}",
        "postgresql://host/d?PASSWORD={}",
        "postgresql://host/d?sslpassword={}",
    ],
)
def test_a_password_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(GraderError, match=r"PGPASSFILE.*pg_service\.conf") as raised:
        location_of(text.format(SECRET))
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "text", ["postgresql://mira:{}/d", "postgresql://host:{}", "mysql://mira:{}@host/d", "POSTGRESQL://a:{}@host/d"]
)
def test_what_nobody_can_read_is_not_repeated(text: str) -> None:
    with pytest.raises(GraderError, match="postgresql://USER@HOST") as raised:
        location_of(text.format(SECRET))
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("rest", ["host/d?x={}", "host/d?{}", "host/{}%zz", "host:999999/d?sslmode={}"])
def test_what_the_library_cannot_read_is_not_repeated(rest: str) -> None:
    pytest.importorskip("psycopg")
    from grader.classroom.tables import is_there

    with pytest.raises(GraderError) as raised:
        is_there(location_of(f"postgresql://{rest.format(SECRET)}"))
    assert SECRET not in str(raised.value)

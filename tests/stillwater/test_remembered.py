"""What was read once is kept until anybody writes, and not a moment longer."""

import sqlite3
from itertools import count
from pathlib import Path

import pytest

from stillwater.remembered import MOST, Memory, remember, until_written


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "some.db"
    write(path, "PRAGMA journal_mode=WAL", "CREATE TABLE number (value)")
    return path


def write(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


class TestMemory:
    def test_a_question_is_asked_once(self, database: Path) -> None:
        memory, numbers = Memory(str(database)), count()
        assert [memory.answer("how many", lambda: next(numbers)) for _ in range(3)] == [0, 0, 0]

    def test_questions_are_kept_apart(self, database: Path) -> None:
        memory = Memory(str(database))
        assert [memory.answer(word, lambda word=word: word.upper()) for word in ("one", "two")] == ["ONE", "TWO"]

    def test_it_is_asked_again_after_anybody_wrote(self, database: Path) -> None:
        memory, numbers = Memory(str(database)), count()
        memory.answer("how many", lambda: next(numbers))
        write(database, "INSERT INTO number VALUES (1)")
        assert memory.answer("how many", lambda: next(numbers)) == 1

    def test_an_answer_that_was_overtaken_by_a_write_is_not_kept(self, database: Path) -> None:
        memory, numbers = Memory(str(database)), count()

        def overtaken() -> int:
            found = next(numbers)
            write(database, "INSERT INTO number VALUES (1)")
            return found

        memory.answer("how many", overtaken)
        assert memory.answer("how many", lambda: next(numbers)) == 1

    def test_a_write_that_was_taken_back_changes_nothing(self, database: Path) -> None:
        memory, numbers = Memory(str(database)), count()
        memory.answer("how many", lambda: next(numbers))
        writer = sqlite3.connect(database)
        writer.execute("INSERT INTO number VALUES (1)")
        writer.rollback()
        writer.close()
        assert memory.answer("how many", lambda: next(numbers)) == 0

    def test_a_read_that_fails_is_not_kept(self, database: Path) -> None:
        memory = Memory(str(database))
        with pytest.raises(ZeroDivisionError):
            memory.answer("how many", lambda: 1 // 0)
        assert memory.answer("how many", lambda: 7) == 7

    def test_old_answers_make_room(self, database: Path) -> None:
        memory, numbers = Memory(str(database)), count()
        for question in range(MOST + 1):
            memory.answer(question, lambda: next(numbers))
        assert memory.answer(0, lambda: next(numbers)) == MOST + 1

    def test_another_file_in_the_same_place_is_noticed(self, database: Path, tmp_path: Path) -> None:
        memory = Memory(str(database))
        write(tmp_path / "other.db", "CREATE TABLE number (value)")
        (tmp_path / "other.db").replace(database)
        assert not memory.is_of(str(database))


class TestInATransaction:
    @pytest.mark.django_db
    def test_nothing_is_kept(self) -> None:
        numbers = count()
        assert [remember("how many", lambda: next(numbers)) for _ in range(2)] == [0, 1]

    @pytest.mark.django_db
    def test_a_function_is_asked_with_its_arguments(self) -> None:
        @until_written
        def total(first: int, *, second: int) -> int:
            return first + second

        assert (total(1, second=2), total(2, second=2)) == (3, 4)

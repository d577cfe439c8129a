import psycopg
import pytest

from tests.postgres import drop_database, fresh_database

pytestmark = pytest.mark.postgres


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


@pytest.fixture
def filled(postgres_server):
    url = fresh_database(postgres_server)
    with connect(url) as connection:
        connection.execute("CREATE TABLE word AS SELECT '熟客' AS text")
    yield url
    drop_database(url)


def test_a_fresh_database_has_no_tables(postgres_server):
    url = fresh_database(postgres_server)
    query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    with connect(url) as connection:
        assert connection.execute(query).fetchone() == (0,)
    drop_database(url)


def test_a_copy_holds_what_its_template_holds(postgres_server, filled):
    url = fresh_database(postgres_server, filled)
    with connect(url) as connection:
        assert connection.execute("SELECT text FROM word").fetchone() == ("熟客",)
    drop_database(url)


def test_a_database_is_dropped_although_somebody_is_connected(postgres_server):
    url = fresh_database(postgres_server)
    left_open = connect(url)
    drop_database(url)
    left_open.close()
    with pytest.raises(psycopg.OperationalError):
        connect(url)

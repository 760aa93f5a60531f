"""Looking for a word in every table of the record, as whoever stole its key would."""

from django.db import connection


def find_in_clear(word: str) -> list[str]:
    """Find every table of the record in which a word stands as it is."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the database
            for row in cursor.fetchall():
                raw = b" ".join(
                    bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for v in row
                )
                if word.encode() in raw:
                    found.append(table)
    return found

"""The database engine: an SQLite that is mended and closed as a whole, for Django."""

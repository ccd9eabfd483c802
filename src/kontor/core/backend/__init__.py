"""Django's database engine for PostgreSQL, with two things that a busy server needs; see `base`."""

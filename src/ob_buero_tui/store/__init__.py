"""The database: mapped classes, engine, journal, search, backup, migrations."""

"""E-mails: kept as rows, sent by jobs, in three languages."""

"""What proves a person besides the password: one-time codes, passkeys, recovery codes."""

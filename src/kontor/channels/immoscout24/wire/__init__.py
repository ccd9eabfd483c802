"""The portal's XML: documents in the order of their type, attachments, contacts, publications, answers."""

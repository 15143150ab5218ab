"""The ground floor: places in files, diagnostics, the error tree, and values both wings share.

Nothing here knows what an SOP or a conversation is. The *syntax* of chat notation lives here (`notation`)
because SOP authors write it and conversations are read from it, and the two wings do not know each other.
pydantic is met in `shape` alone: it turns outside data into the plain dataclasses of the other folders.
"""

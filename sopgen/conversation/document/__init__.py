"""JSON documents that hold conversations: found, cut into records, read without surprises.

`scan` finds where values begin and end, `record` yields the records of a file, `glimpse` shows what its first
bytes hold, `node` reads a value whose shape nobody promised. Decisions:

- A record that is broken costs itself; what is nested deeper, longer or other than JSON is set aside with its
  place. A file that ends in a record loses that record only; where the file *is* one record, what stands
  before the end is read, and said to be cut off (JSN201).
- Every importer of a JSON format is written on these four and on `sopgen.conversation.thread`; none of them
  parses, cleans, sorts or resolves speakers itself.
"""

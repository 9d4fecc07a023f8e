"""The hand-made list of figures of the five papers, and how the ledger's rows are measured against it."""

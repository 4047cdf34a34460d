"""The operations that our migrations are made of, frozen with them.

A migration imports nothing else of the project: what it does must not change with the code. So
neither does what is here; an operation that has to do something else gets a new name
(`tests/schema`).
"""

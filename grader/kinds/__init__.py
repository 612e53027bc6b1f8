"""The kinds of plain values: one record each, with what there is to know of them.

Code asks `kind_of(value)` for the record and then the record; it does not look at types itself. `arrays`, `containers`
and `single` hold the records, `table` finds them.
"""

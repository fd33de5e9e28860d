"""What changed between two states of knowledge: an erratum as a table.

states     the two states, opened side by side
people     who came, went, was merged or renamed, and whose standing is another
facts      which facts of people, claims and places differ, row by row
origin     the change behind each difference: who, when, why, with which source
lines      the differences, one by one
words      what a fact is called, and its values
table      the differences as a table
"""

"""Whom an interview is of: what its source says of the person outside the answers.

names      the person's name, from titles, labels and introductions
profile    role, organisation and what the person looks after, each to be reviewed
"""

"""From a reply or an archive to a portrait file.

    file -> decoding -> reader -> Transcript -> classification -> portrait file + Report

A *reader* (plain text, saved reply, e-mail, HTML, Markdown, WordPress) cuts its source
into blocks and says what the markup itself tells about each. *Classification* decides
what each block is. *Assembly* writes the portrait and the report.

The rule above all others: nothing is lost in silence. Each word of the source stands in
the portrait or in the report, and every import proves it (:mod:`.report`).
"""

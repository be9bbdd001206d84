"""From an answer or an archive to a portrait file.

    file -> formats -> reader -> Transcript -> classification -> portrait file + Report

A *reader* (plain text, file of answers, mail, HTML, Markdown, WordPress) cuts its source
into blocks and says what the markup itself tells about each. *Classification* decides
what each block is. From that come the portrait and the report.

The rule above all others: nothing is lost in silence. Each word of the source stands in
the portrait or in the report, and every import proves it (:mod:`.report`).
"""

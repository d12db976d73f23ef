"""Pages for whoever teaches: problems and their versions, uploads, everybody's attempts, rejudgings."""

# failures: exception
# Nothing at all.
X = 1

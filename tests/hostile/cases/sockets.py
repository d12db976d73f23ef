# failures: violation
# Downloads its data.
import urllib.request

DATA = urllib.request.urlopen("http://127.0.0.1:8000/").read()

# runtime_error
from reference import cheats

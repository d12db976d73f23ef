"""The judge: arrays and programs in, verdicts and explanations out. It knows no database and no HTTP."""

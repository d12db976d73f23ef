"""The pages: what people see of the service in a browser.

Routes here call the functions that the API calls, and ask the same table of rights; they are no part of the API's
description.
"""

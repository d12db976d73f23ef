# What the pages of allclose say in English. Messages are grouped by page; whoever needs one in two places names it after
# what it says. Those that begin with script-, verdict-, state- or reason- are built into scripts too.

brand = allclose
skip = Skip to the content
nav = Main
nav-problems = Problems
nav-attempts = Attempts
nav-instructor = Instructor
nav-admin = Admin
nav-account = Account
sign-in = Sign in
sign-out = Sign out
theme-system = Theme: as the system has it. Change to light
theme-light = Theme: light. Change to dark
theme-dark = Theme: dark. Change to the system’s
copy = Copy
copied = Copied
foot = Judges the program, not the process.
foot-api = API description

## Verdicts, and how far an attempt is

verdict-accepted = Accepted
verdict-wrong_answer = Wrong answer
verdict-not_traceable = Cannot be traced
verdict-rule_broken = Rule broken
verdict-compile_error = Does not compile
verdict-runtime_error = Fails when run
verdict-time_limit = Out of time
verdict-memory_limit = Out of memory
verdict-output_limit = Too much output
verdict-sandbox_violation = Stopped by the sandbox
verdict-cancelled = Cancelled
verdict-internal_error = Our fault
state-queued = Queued
state-running = Running
state-done = Done

## Errors

error-code = Error { NUMBER($code, useGrouping: 0) }
error-home = To the problems
error-404-title = There is no such page
error-404-detail = The address may be mistyped, or what was here has moved.
error-405-title = This page does not take that
error-405-detail = The form that was sent does not belong here. Go back and try again.
error-422-title = Something is missing from the request
error-422-detail = The address or the form lacks something that this page needs. Go back and try again.
error-500-title = Something went wrong here
error-500-detail = This is our fault. Trying again may help; if it does not, give the operator of this service the X-Request-Id of this answer.

## Said once, after a form has done its work

flash-name-taken = The name you have elsewhere was taken, so you are called { $name } here.

## The list of problems

catalogue-title = Problems

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
catalogue-lead = Short exercises in JAX. Write a function; a moment later you know whether it is right, and if not, why.
catalogue-progress = { $solved } of { $total } solved
catalogue-search = Search
catalogue-search-hint = Title or tag
catalogue-tag = Tag
catalogue-difficulty = Difficulty
catalogue-state = Progress
catalogue-any = Any
catalogue-apply = Filter
catalogue-clear = Clear
catalogue-found = { $count ->
    [one] One problem
   *[other] { $count } problems
}
catalogue-track = Track { $number }
catalogue-others = More problems
catalogue-others-summary = What belongs to no track.
catalogue-nothing-title = No problem fits
catalogue-nothing = Take another word, or fewer filters.
catalogue-none-title = No problems yet
catalogue-none = The operator of this service has published none.
catalogue-waits = Opens after { $titles }
catalogue-before = Best after { $titles }
progress-solved = Solved
progress-tried = Tried
progress-locked = Locked
progress-open = Not tried
difficulty-1 = First steps
difficulty-2 = Easy
difficulty-3 = Medium
difficulty-4 = Demanding
difficulty-5 = Hard
visibility-unlisted = Unlisted
visibility-hidden = Hidden

## Coming in

or = or
sign-in-title = Sign in to allclose
sign-in-instead = You have an account?
sign-up = Sign up
sign-up-title = Make an account
sign-up-lead = Your attempts, hints and progress are kept with it.
sign-up-instead = New here?
sign-up-by-invitation = Accounts are made by invitation. Ask an admin of this service for one.
sign-up-invitation = Accounts are made by invitation here. Ask an admin of this service for a link, and open it.
sign-up-closed = No accounts are made here.
provider-continue = Continue with { $name }
forgotten-title = Forgotten password
forgotten-link = Forgotten your password?
forgotten-ask = If you have forgotten your password, ask an admin of this service for a link that sets a new one.
forgotten-lead = We send a link that sets a new one to the mail address of your account.
forgotten-do = Send the link
forgotten-back = Back to signing in
link-invitation-title = You are invited
link-invitation-lead = Make your account here. Its role will be { $role ->
    [admin] admin
    [instructor] instructor
   *[learner] learner
}.
link-reset-title = A new password
link-reset-lead = For the account { $name }. Whoever is signed in to it elsewhere is signed out.
link-reset-do = Set the password
link-once = This link works once, until
field-name = Name
field-name-hint = Letters and digits; dots, dashes and underscores between them.
field-password = Password
field-new-password = New password
field-password-hint = At least 10 characters.
field-mail = Mail address
field-mail-hint = Not required. A forgotten password can be reset from there.
field-missing = Fill this in.
field-too-long = This is too long; { $most } characters are the most.
field-characters = This has characters in it that cannot be used here.
field-email = This is no mail address.
flash-welcome = Welcome, { $name }.
flash-signed-out = You are signed out.
flash-password-set = Your new password is set, { $name }.
flash-mailed = If an account has this mail address, a link is on its way. It works for a day.

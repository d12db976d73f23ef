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

## A report, of an attempt or of a run

report-ran = It ran
report-run-no-count = A run does not count. Hidden cases are no part of it.
report-passed = { $passed } of { $all } cases passed.{ $hidden ->
    [0] { "" }
    [one] {" "}One of the cases is hidden.
   *[other] {" "}{ $hidden } of the cases are hidden.
  }
report-pitfall = A known pitfall
report-cases = Cases
report-calls = Calls
report-hidden = Hidden case:
report-not-reached = Not reached
report-arguments = Called with
report-returned = Returned
report-reason = What is wrong
report-took = Took
report-ms = { NUMBER($ms, maximumFractionDigits: 1) } ms
report-printed = Printed
report-traced = Printed while the function was traced, which happened { $times ->
    [one] once
   *[other] { $times } times
  }.
report-traceback = Lines of your code that led there
report-line = Line { NUMBER($line, useGrouping: 0) }
report-example = An example
report-example-fresh = Every public case passes. This one was drawn like a hidden case, for you to see.
report-example-of = The simplest public case that shows it: { $case }.
report-call = Call
report-expected = Expected
report-got = Got
report-error = Off by
report-error-beside = { $error }, { $allowance } allowed
report-type = Type
report-where = Where
report-worst = Furthest off
report-worst-values = expected { $expected }, got { $got }
report-count = Wrong
report-count-of = { $count } of { $all } elements
report-index = Index
report-off = (wrong)
report-numbers = All numbers as a table
report-part = Shown are { $shown } of { $all } elements, around the one that is furthest off.
report-map-expected = Expected
report-map-got = Got
report-map-error = Error
report-map-label = { $map }, { $rows } rows and { $columns } columns. With the arrow keys you read single values.
report-map-hint = Point at a cell, or move with the arrow keys, to read its values.
report-map-right = within the allowance
report-map-wrong = wrong
report-reproduce = Try it on your own machine, beside a file submission.py
report-toolchain = Judged with
report-stage-start = Start
report-stage-trace = Trace
report-stage-vet = Vet
report-stage-compile = Compile
report-stage-total = In all
report-title = Report
report-waits = It is not done yet. This page looks again by itself.

reason-tree = Other containers than expected
reason-shape = Wrong shape
reason-dtype = Wrong dtype
reason-nonfinite = NaN or infinity in the wrong places
reason-value = Wrong values
reason-distribution = Another distribution than expected
reason-nondeterministic = Differs from call to call
reason-mutated_input = Changes its inputs
reason-unrolled = A loop is unrolled into the program
reason-required_import = A required import is missing
reason-forbidden_import = A forbidden import
reason-required_call = A required call is missing
reason-forbidden_call = A forbidden call
reason-required_operation = A required operation is missing
reason-forbidden_operation = A forbidden operation
reason-forbidden_dtype = A forbidden dtype
reason-too_much_work = Too much work
reason-too_much_memory = Too much memory
reason-too_slow = Too slow
reason-required_statement = A required statement is missing
reason-forbidden_statement = A forbidden statement

## The page of a problem

problem-tabs = Parts of this page
problem-tab-statement = Problem
problem-tab-code = Code
problem-tab-result = Result
problem-difficulty = Difficulty { $level } of 5
problem-version = Version { $version }
problem-run-example = Run this example
problem-signature = Signature
problem-judged = How it is judged
problem-mode-traced = The function is traced, and the program it becomes is judged on public and hidden inputs.
problem-mode-eager = The function is called on public and hidden inputs, one at a time.
problem-on-gpu = Attempts are evaluated on a GPU; runs take the CPU.
problem-x64 = 64-bit types are on.
problem-most-attempts = { $most ->
    [one] One attempt counts.
   *[other] At most { $most } attempts count.
  } Runs are free.
problem-rule-may_not_unroll = No loop over { $what } may be unrolled.
problem-rule-required_imports = Imports { $what }.
problem-rule-forbidden_imports = Does not import { $what }.
problem-rule-required_calls = Calls { $what }.
problem-rule-forbidden_calls = Does not call { $what }.
problem-rule-required_statements = Has the statement { $what }.
problem-rule-forbidden_statements = Does not have the statement { $what }.
problem-rule-required_operations = The program has the operation { $what }.
problem-rule-forbidden_operations = The program does not have the operation { $what }.
problem-rule-forbidden_dtypes = The program has no values of { $what }.
problem-rule-most_work = At most { $what } times the work of the reference.
problem-rule-most_memory = At most { $what } times the memory of the reference.
problem-rule-most_time = At most { $what } times the run time of the reference.
problem-rule-deterministic = Traced twice, it is the same program.
problem-examples = Public examples
problem-example-returns = returns
problem-too-long = too long to show
problem-comes-before = First solve
problem-can-read = You can read this problem, and run your code on its examples, already now.

problem-hints = Hints
problem-hints-cost = Opening a hint is recorded with your account. It changes no verdict.
problem-hint-open = Open the next hint
problem-hint-waits = Opens after an attempt that ends with: { $what }
problem-hint-closed = Not opened yet
problem-hints-all = You have opened every hint that is open to you so far.
problem-hints-sign-in = Sign in to open hints.
problem-hints-none = This problem has no hints.

problem-solution = Solution
problem-solution-closed = It opens once an attempt of yours is accepted, or when you give up.
problem-solution-sign-in = It opens, once you are signed in, after an accepted attempt, or when you give up.
problem-solution-open = Show the solution
problem-solution-hide = The reference
problem-give-up = Give up …
problem-give-up-cost = That you gave up is recorded with your account, and stays there if you solve the problem later. You may go on attempting it. You cannot take it back.
problem-give-up-sure = Give up and show the solution
problem-given-up = You gave this problem up.
problem-diff = From yours to the reference
problem-diff-same = Yours is the reference, line by line.
problem-diff-added = added
problem-diff-removed = removed

problem-source = Your code
problem-run = Run
problem-submit = Submit
problem-reset = Reset to the starter
problem-sign-in = Sign in to run and submit
problem-sign-in-kept = What you type here is kept in this browser, and will be here when you come back.
problem-own-input = Run on your own input
problem-own-function = Function
problem-own-hint = JSON: nested lists for arrays and tuples, objects for dicts, a seed for a key.
problem-own-run = Run on this input
problem-result-empty = Nothing was run yet
problem-result-how = Run tries your code on the public examples and does not count. Submit judges it on hidden cases too.
problem-key-run = Run
problem-key-submit = Submit
problem-key-leave = Leave the editor
problem-split-x = Width of the problem beside the code
problem-split-y = Height of the code above the result
problem-again-title = Your session has ended
problem-again-kept = Your code is safe: it is on this page, and in this browser. Sign in, and what you did goes on.
problem-again-close = Not now
problem-again-elsewhere = Sign in another way, in a new tab
problem-again-elsewhere-done = I have signed in there

script-stage-sending = Sent
script-stage-queued = Queued
script-stage-running = Judged
script-stage-done = Done
script-title-attempts = Your attempt
script-title-runs = Your run
script-said-attempts-sending = Submitting.
script-said-attempts-queued = Submitted and queued.
script-said-attempts-running = Your attempt is being judged.
script-said-runs-sending = Sending.
script-said-runs-queued = Sent and queued.
script-said-runs-running = Your code is running.
script-cancel = Cancel
script-position = { $position ->
    [1] Next in the queue.
   *[other] Number { $position } in the queue.
  }
script-position-estimate = { $position ->
    [1] Next in the queue
   *[other] Number { $position } in the queue
  }, done in about { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  }.
script-traced = { $programs ->
    [one] One program traced
   *[other] { $programs } programs traced
  }, the latest of { $operations } operations.
script-lost = The connection is lost. Your code is safe in this browser, and this goes on by itself once the connection is back.
script-stopped = You stopped it.
script-not-sent = It was not sent.
script-not-signed-in = You are signed out. Your code is still here; sign in to go on.
script-fault = Something went wrong on this page.
script-fault-not-sent = Nothing was submitted. Your code is safe in this browser. Reload the page and try again.
script-fault-sent = It was submitted all the same. Your code is safe in this browser. Reload the page, or look at your attempts.
script-example-runs = Running …
script-example-silent = It ran, and printed nothing.
script-input-not-json = This is no JSON. Write numbers, lists in square brackets, or an object.
script-editor = Code
script-editor-keys = Tab indents. Press Escape and then Tab to leave the editor.
script-draft-saving = Saving …
script-draft-kept = Draft kept in this browser
script-draft-not-kept = This browser keeps no drafts. Copy your code before you leave.
script-draft-newer = The newer of two drafts is shown.
script-draft-two = Another tab had changed this draft too. Its version is kept.
script-draft-other-tab = This draft was changed in another tab, and is shown as it is there.
script-restored = The attempt’s code is in the editor.
script-reset-done = The starter is in the editor.
script-brought-back = The earlier version is back.
script-bring-back = Bring the other back
script-dismiss = Dismiss

## Attempts

history-title = Attempts
history-lead = What you have submitted, the latest first. Runs do not count and are not listed.
history-problem = Problem
history-outcome = Outcome
history-when = Submitted
history-version = Version
history-every-problem = Every problem
history-filter = Show
history-pages = Pages of attempts
history-newest = Newest
history-older = Older
history-none-title = Nothing submitted yet
history-none = Choose a problem, write a function and submit it. How it went stays here.
history-none-here = You have not submitted anything for this problem.
history-begin = Begin
attempt-title = Attempt at { $problem }
attempt-by = By
attempt-submitted = Submitted
attempt-version = Version { $version }
attempt-restore = Open in the editor
attempt-problem = To the problem
attempt-outdated = This was judged against version { $judged }. The problem is at version { $now } now: submit again to be judged by that.
attempt-earlier = Judged again. Before, it was
attempt-waits = It is being judged. This page looks again by itself.
attempt-position = Number { $position } in the queue.
attempt-estimate = About { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  } to go.
attempt-cancel = Cancel
attempt-source = What was submitted
attempt-python = Python file
attempt-notebook = Notebook
attempt-compare-with = Compare with
attempt-compare = Compare
compare-title = From one attempt to the other
compare-before = Before
compare-after = After
compare-same = Both are the same text.
flash-cancelled = It is cancelled, and does not count.
flash-done-already = It had ended before it could be cancelled.

## One’s own account

account-title = Account
account-sign-out-everywhere = Sign out everywhere
account-tokens = Tokens
account-tokens-about = A token lets a script or the command line act for you. It may do what it is made for, and no more than you.
account-token-made = This is the token “{ $label }”. It is shown only now.
account-token-label = For what
account-token-label-hint = In your own words, such as “laptop”.
account-token-scopes = It may
account-token-used = Last used
account-token-ends = Ends
account-token-never = Never
account-token-revoke = Revoke
account-token-life = It lasts
account-token-days = { $days } days
account-token-for-ever = Until it is revoked
account-token-make = Make a token
scope-read = read problems and attempts
scope-submit = submit
scope-problems = manage problems
scope-account = manage this account
scope-admin = administer
account-password = Password
account-password-current = Present password
account-password-new = New password
account-password-change = Change the password
account-leaving = Your data
account-export-about = Everything that is kept of you, as one JSON file: account, tokens, hints, attempts and runs with their sources and reports.
account-export = Export
account-erase = Erase this account
account-erase-about = This is for good. Your name, sources and reports are deleted; what is left is how attempts ended, without a name.
account-erase-sure = Erase it for good
flash-password-changed = The password is changed. Other browsers are signed out.
flash-token-revoked = The token is revoked.
flash-erased = Your account is erased.

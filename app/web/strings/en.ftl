# What the pages of allclose say in English. Messages are grouped by page; whoever needs one in two places names it after
# what it says. Those that begin with script-, verdict-, state- or reason- are built into scripts too.

brand = allclose
skip = Skip to the content
skip-editor = Skip to the editor
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

## Lists, tables and forms of instructors and admins

save = Save
yes = yes
no = no
of = { $part } of { $whole }
of-people = { $part } of { $whole } { $whole ->
    [one] person
   *[other] people
 }
of-attempts = { $part } of { $whole } { $whole ->
    [one] attempt
   *[other] attempts
 }
nobody-yet = Nobody yet
percent = { $share } %
seconds = { $number } s
minutes = { $number } min
pager = Pages
pager-first = Back to the first
pager-next = More
person-erased = (erased)
filter-all = All
filter-unfinished = Not done yet
filter-action = Show
filter-clear = Clear filters
filter-since = From (UTC)
filter-until = To (UTC)
filter-only = Only what failed like this:
column-actions = What can be done
column-attempt = Attempt
column-attempts = Attempts
column-after = After
column-before = Before
column-by = By
column-case = Case
column-change = Change
column-check = Check
column-dtype = Dtype
column-event = Event
column-hint = Hint
column-joined = Here since
column-latest = Latest attempt
column-made = Made
column-origin = From
column-outcome = Outcome
column-people = People
column-problem = Problem
column-published = Published
column-queues = Queues
column-role = Role
column-seen = Last seen
column-setting = Setting
column-shown = Shown to
column-slots = Slots in use
column-solved = Solved
column-state = State
column-submitted = Submitted
column-tries = Starts
column-uploaded = Uploaded
column-user = User
column-value = Value
column-verdict = Verdict
column-version = Version
column-worker = Worker
kind-grade = Attempt
kind-run = Run
flash-refused = Nothing was done. { $why }

## Why an attempt failed

why-tree = other structure
why-shape = other shape
why-dtype = other dtype
why-nonfinite = NaN or infinity
why-value = wrong values
why-distribution = wrong distribution
why-nondeterministic = not the same twice
why-mutated_input = changes its input
why-unrolled = loop written out
why-required_import = import missing
why-forbidden_import = forbidden import
why-required_call = call missing
why-forbidden_call = forbidden call
why-required_operation = operation missing
why-forbidden_operation = forbidden operation
why-forbidden_dtype = forbidden dtype
why-too_much_work = too much work
why-too_much_memory = too much memory
why-too_slow = too slow
why-required_statement = statement missing
why-forbidden_statement = forbidden statement

## Instructors: problems

instructor-problems = Problems
instructor-uploads = Uploads
instructor-attempts = Attempts
instructor-rejudgings = Rejudging
instructor-people = People
problems-lead = What is served, to whom, and how it does.
problems-none = No problems yet
problems-none-detail = Upload a zip archive of a problem’s folder. It is checked in the sandbox before anybody sees it.
problems-due = { $count ->
    [one] One folder is being proved
   *[other] { $count } folders are being proved
  } and served as soon as it is done.
problems-unattended = The folder { $slug } is for a device that no worker has now: nobody proves its content or judges its attempts. Start a worker that takes the queue of that device.
problems-unpublished = The folder { $slug } has faults, so it could not be published when the service started. “allclose problem check” lists them.
problem-not-served = Not served
problem-folder-sound = Sound
problem-folder-faulty = Has faults
problem-open = Open as learners see it
problem-parts = This problem
problem-serving = Serving
problem-figures = Figures
origin-folder = operator’s folder
origin-upload = uploaded
visibility-public = Everybody
visibility-unlisted = Whoever has the link
visibility-hidden = Instructors only
visibility-hint-public = It stands in the list of problems.
visibility-hint-unlisted = It is in no list; whoever knows its name can open and attempt it.
visibility-hint-hidden = For learners it does not exist.
version-served = version { $label }
version-current = Served
version-earlier = Earlier
version-outdated = Outdated toolchain
version-publish = Publish again
versions-title = Versions
versions-lead = Attempts stay with the version they were made for. Publishing an earlier one serves it to whoever opens the problem from then on.
versions-folder = This problem is served from the operator’s folder, so its version is changed there. Who sees it can be changed here.
uploads-of-it = Latest uploads
shown-title = Who sees it
shown-who = Shown to
shown-enforce = What comes before has to be solved first
shown-enforce-hint = Attempts are taken once these are solved: { $names }. Reading and running stay open.
shown-enforce-none = This version names no problems that come before it.
rejudge-title = Judge again
rejudge-problem = See what would change if every attempt at this problem were judged against the version that is served now.
rejudge-begin = Begin with a preview
unpublish-title = Unpublish
unpublish-lead = Learners no longer find it. Its versions and attempts stay.
unpublish-action = Unpublish
flash-problem-changed = Saved.
flash-problem-published = { $slug } is published.
flash-problem-unpublished = { $slug } is no longer served.

## Instructors: figures

figures-title = { $title }: figures
figures-none = No attempts yet
figures-none-detail = Figures stand here once somebody has submitted something that was judged.
figures-solved = Solved it
figures-accepted = Pass rate
figures-tries = Attempts to pass
figures-tries-note = half of all solvers took no more
figures-time = Judging time
figures-time-note = middle; 95 % within { $most } s, longest { $longest } s
figures-gave-up = Gave up
figures-gave-up-note = opened the solution instead
tries-title = Attempts until the first accepted one
tries-number = Attempts
tries-none = Nobody was accepted yet.
cases-title = Cases that fail most
cases-failed = Failed
cases-slow = Out of time
cases-none = No case has failed.
slowest-title = Slowest cases
slowest-mean = On average
slowest-longest = Longest
slowest-note = To compile and to run. Cases of the same types share the compiling, and each is shown with it. Cases that ran out of time are not among them.
slowest-time = { $number } ms
case-public = public
case-hidden = hidden
mistakes-title = What attempts fail for
mistakes-known = Known mistake
mistakes-other = none of the known ones
mistakes-none = No attempt has failed.
hints-title = Hints that people opened
hints-title-plain = Hints

## Instructors: uploads

uploads-lead = A folder is checked in the sandbox as “allclose problem check” does it. Nothing is shown to learners before you publish it.
uploads-none = Nothing uploaded yet
uploads-none-detail = What you and others upload is listed here for 30 days, with what was found.
upload-action = Upload a problem
upload-file = Zip archive
upload-hint = The folder of one problem, up to { $megabytes } MB.
upload-mutants = Look for slips in the reference that no case finds
upload-mutants-hint = This says whether the cases are good enough. It takes longest.
upload-check = Upload and check
upload-title = { $slug }: upload
upload-queued = Queued
upload-running = Checking
upload-published = Published
upload-sound = Sound
upload-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
 }
upload-fault = Our fault
upload-reload = Reload to see how far it is.
upload-wait-queued = It waits for its turn.
upload-wait-running = The sandbox runs the reference, every filed submission and every case. That takes from some seconds to minutes.
upload-publishable = It grades as its author declares: { $cases } cases, { $submissions } filed submissions, { $warnings ->
    [0] no warnings
    [one] one warning
   *[other] { $warnings } warnings
 }.
upload-has-errors = { $count ->
    [one] One error keeps
   *[other] { $count } errors keep
 } it from being published. Mend the folder and upload it again.
steps = How far it is
step-queued = Queued
step-running = Checking
step-done = Findings
findings-title = Findings
findings-none = Nothing was found.
finding-line = line { $line }
severity-error = Error
severity-warning = Warning
mutants-title = Slips in the reference
mutants-lead = The cases find { $killed } of { $all }.
mutant-survivor = Line { $line }: { $change }
headroom-title = Room in the tolerances
headroom-lead = How many times the reference’s own error fits into what is allowed, where it is tightest.
headroom-times = Room
headroom-exact = exact
publish-title = Publish
publish-new = Nothing of this name is served yet.
publish-replaces = It takes the place of version { $label }. Earlier attempts keep theirs.
publish-action = Publish
preview-title = As learners will see it
preview-lead = Hidden cases, the solution and the bodies of hints are not shown here either.
preview-examples = Examples
preview-returns = returns
preview-starter = Starter
preview-none = What learners would see of this upload was not kept. Upload it again to see it.

## Instructors: attempts and people

attempts-lead = Everybody’s graded attempts, newest first.
attempts-none = No attempts yet
attempts-none-detail = They are listed here as soon as somebody submits one.
attempts-none-like-it = No attempt is like that
attempts-none-like-it-detail = Leave out one of the filters, or check how names are spelt.
people-lead = Whoever has attempted a problem, and how far they are.
people-find = Name begins with
people-find-action = Find
people-manage = Manage users
people-none = Nobody
people-none-detail = People are listed here once they have submitted something.
people-none-found = Nobody’s name begins like that.

## Instructors: rejudging

rejudgings-lead = After a problem was mended: judge attempts again, look at what changes, and then decide.
rejudgings-none = Nothing was judged again yet
rejudgings-none-detail = What you begin above is listed here, with what came of it.
rejudge-new = Judge attempts again
rejudge-kind = Which attempts
rejudge-kind-problem = Problem
rejudge-kind-version = Version
rejudge-kind-user = User
rejudge-kind-attempt = Attempt
rejudge-name = Name
rejudge-name-hint = A problem’s name, a version as NAME@LABEL, a user’s name, or an attempt’s id.
rejudge-against = Against
rejudge-against-hint = A version as NAME@LABEL. Empty: the one that is served.
rejudge-preview = Preview the changes
rejudge-unnamed = Name what is to be judged again.
rejudging-title = Rejudging { $name }
rejudging-previewing = Judging
rejudging-previewed = To be decided
rejudging-applying = Applying
rejudging-applied = Applied
rejudging-cancelled = Cancelled
rejudging-against = against { $version }
rejudging-against-served = against the version that is served
rejudging-busy-previewing = Attempts are judged again, beside those that learners wait for. No verdict changes meanwhile.
rejudging-busy-applying = The new verdicts are being applied.
rejudging-decide = Apply these changes?
rejudging-decide-lowering = Apply what was left out?
rejudging-decide-lead = What an attempt had before stays beside it. Attempts that were changed meanwhile are passed over.
rejudging-lowering = { $count ->
    [one] Also lower the accepted attempt
   *[other] Also lower the { $count } accepted attempts
 }
rejudging-lowering-hint = Unless this is ticked, whoever was accepted stays so.
rejudging-apply = Apply
rejudging-cancel = Cancel
rejudged-raised = Raised
rejudged-raised-note = become accepted
rejudged-lowered = Lowered
rejudged-lowered-note = are no longer accepted
rejudged-changed = Changed
rejudged-changed-note = fail otherwise than before
rejudged-unchanged = Unchanged
rejudged-unchanged-note = of { $all } in all
rejudged-failed = Not judged
rejudged-failed-note = faults of ours; they stay as they are
rejudged-applied = Applied
rejudged-applied-note = { $skipped } passed over
changes-title = Before and after
changes-which = Which changes
changes-none = No verdict changes.
changes-none-yet = No change so far.
change-judged = Not applied
change-failed = Not judged
change-applied = Applied
change-skipped = Passed over
flash-rejudging-applied = The changes are being applied.
flash-rejudging-cancelled = It was cancelled. Verdicts that were applied stay.

## Admins: the work

admin-work = Work
admin-failed = Failed
admin-users = Users
admin-webhooks = Webhooks
admin-settings = Settings
admin-audit = Audit log
work-lead = Who judges, what waits, and what is stuck.
work-trouble = No code can be run here for now; attempts wait in the queue.
work-nobody = Nobody who lives judges the queue { $queue }, and attempts wait in it. Start a worker that takes it.
work-queue = Waiting ({ $queue })
work-queue-note = { $running } running, { $slots } slots
work-oldest = Longest wait
work-oldest-note = of what is queued now
work-lanes = Warm lanes here
work-lanes-note = { $busy } busy, { $started } started, { $failed } failed to start
work-failed = Failed attempts
work-failed-note = ended as a fault of ours
workers-title = Workers
workers-none = No worker has been seen for a day
workers-none-detail = Attempts wait until one is started.
worker-lives = Lives
worker-silent = Silent
worker-trouble = In trouble
worker-since = since
oldest-title = Waiting longest
oldest-none = Nothing is queued or running.
attempt-stalled = Stalled
weaker-title = What does not hold on this machine
toolchain-title = What computes here
failed-lead = Attempts and runs that ended as a fault of ours after every try. They do not count. The log says why, by their ids.
failed-none = Nothing has failed
failed-none-detail = What we fail to judge is listed here.
failed-judge = Judge again

## Admins: users

users-lead = Everybody with an account, by name.
user-disabled = Disabled
user-email = Mail address
user-none = none
user-way-in = Way in
user-password = A password
user-no-password = No password: single sign-on, or a link of yours
user-attempts = Attempts
user-machine = That is whoever uses the machine that the service runs on. It stays as it is.
user-role = Role
role-learner = Learner
role-instructor = Instructor
role-admin = Admin
role-hint-learner = Solves problems, and sees their own attempts.
role-hint-instructor = Also sees everybody’s attempts, and manages problems.
role-hint-admin = Also manages users, webhooks and the service’s work.
invite-title = Invite somebody
invite-lead = A link with which one person makes an account. It works for 14 days, and once.
invite-closed = No accounts are made here: ALLCLOSE_SIGN_UP is closed.
invite-action = Make a link
invitation-made = Invitation
link-once = Copy it now and hand it on safely: it opens an account, and is not shown again.
link-until = Works once, until
reset-title = Forgotten password
reset-lead = A link that sets a new password, for a day. Earlier ones stop working.
reset-action = Make a link
reset-made = Link for a new password
disable-title = Disable
disable-lead = They are signed out at once, and their tokens open nothing. Their attempts stay.
disable-action = Disable
enable-title = Enable
enable-lead = What they have opens things again.
enable-action = Enable
export-title = Export
export-lead = All that the service knows of them, as one JSON file.
export-action = Download
erase-title = Erase
erase-lead = For good. How their attempts ended stays, without name, sources and reports.
erase-confirm = Type { $name } to confirm
erase-action = Erase for good
erase-not-confirmed = That is not their name, so nothing was erased. Type it as it stands above.
flash-user-changed = { $name } is changed.
flash-user-disabled = { $name } is disabled and signed out.
flash-user-enabled = { $name } can come in again.
flash-user-erased = { $name } is erased.

## Admins: webhooks

webhooks-lead = Other services that are told when an attempt ends or a problem is published.
webhooks-none = No webhooks
webhooks-none-detail = Tell a course platform, a chat or a dashboard what happens here.
webhook-new = Tell another service
webhook-title = Webhook
webhook-url = Address
webhook-description = What it is for
webhook-events = Told of
webhook-make = Make the webhook
webhook-invalid = The address has to be one of a server, and at least one kind of event has to be chosen.
webhook-works = Works
webhook-disabled = Disabled
webhook-failing = { $failures ->
    [one] Last try failed
   *[other] { $failures } tries failed
 }
webhook-secret-made = Secret
webhook-secret-once = Messages are signed with it. Copy it now: it is not shown again.
webhook-test = Send a test
webhook-disable = Disable
webhook-enable = Enable
webhook-rotate = New secret
webhook-delete = Delete
deliveries-title = Deliveries
deliveries-none = Nothing was sent yet.
delivery-pending = Pending
delivery-delivered = Delivered
delivery-failed = Failed
flash-webhook-tested = A test is on its way. Reload to see what becomes of it.
flash-webhook-disabled = Nothing is sent to it any more.
flash-webhook-enabled = It is told again.
flash-webhook-deleted = The webhook is gone.

## Admins: settings and the audit log

settings-lead = What the operator has chosen, by environment variables or the command line. It is changed there, and read at the next start.
settings-chosen = Chosen
settings-default = As they come
setting-secret = set, and not shown
setting-unset = not set
setting-empty = empty
setting-from-command = command line
setting-from-environment = environment
setting-from-default = default
audit-lead = Who changed what about others, and about what opens the service.
audit-who = Who
audit-action = Did what
audit-kind = Sort
audit-subject = To what
audit-details = Details
audit-at = When
audit-kind-user = user
audit-kind-link = link
audit-kind-token = token
audit-kind-problem = problem
audit-kind-version = version
audit-kind-attempt = attempt
audit-kind-rejudging = rejudging
audit-kind-webhook = webhook
audit-none = No entries
audit-none-like-it = Nothing in the log is like that.
audit-none-detail = What admins and instructors change is written down here.
setting-about-data_dir = Database, lock file and outputs/, which may be emptied at any time
setting-about-problems_dir = One folder per problem
setting-about-host = Where to listen
setting-about-port = The port to listen on; 0 takes any free one
setting-about-worker_port = Where a worker answers /healthz, /readyz and /metrics
setting-about-workers = Attempts judged at the same time by this process; 0 leaves them to others, on PostgreSQL
setting-about-queues = What this process judges, on PostgreSQL; empty for all it can
setting-about-sandbox = What runs learners’ code; auto takes the better tool of this machine
setting-about-docker_image = The image that learners’ code runs in; empty for this version’s own
setting-about-docker_runtime = The runtime of containers; empty for the daemon’s default
setting-about-docker_slots = single-use gives every submission containers of its own
setting-about-gpus = GPUs for the problems that are evaluated there
setting-about-cache_mb = Megabytes for outputs of programs that were evaluated before; 0 keeps none
setting-about-max_tries = Starts of an attempt until a fault of ours ends it
setting-about-retry_seconds = Seconds until an attempt is started again after a fault of ours; doubled each time
setting-about-database_url = A PostgreSQL database; empty for SQLite in the data directory
setting-about-database_pool = Connections to the database
setting-about-submissions_in_flight = Attempts and runs of one user that may be queued or running
setting-about-grace_seconds = Seconds that running attempts get when the process stops
setting-about-trusted_proxies = Proxies whose word for a client’s address is taken
setting-about-sign_up = Who makes an account: open to anybody, by invitation, or closed
setting-about-session_days = How long a browser stays signed in
setting-about-public_url = Where people reach the service, for links
setting-about-smtp_url = The server that mails links
setting-about-mail_from = Whom mails come from
setting-about-webhook_senders = Messages to webhooks that this process sends at a time
setting-about-webhook_http = Whether webhooks may be sent without encryption
setting-about-webhook_networks = Networks that webhooks may reach though they are not public
setting-about-keep_runs_days = Days after which runs are deleted; 0 keeps them
setting-about-keep_attempts_days = Days after which attempts are deleted that say nothing of anybody any more; 0 keeps them
setting-about-log = How the log is written: json, or text for people
setting-about-metrics_token = Opens /metrics to whoever shows it
setting-about-oidc_issuer = The provider of the single sign-on
setting-about-oidc_client_id = The client that is registered at the provider of the single sign-on
setting-about-oidc_client_secret = That client’s secret; without one it is a public client
setting-about-oidc_name = What people call the single sign-on
setting-about-oidc_scopes = What is asked of the provider
setting-about-oidc_sign_up = Whether those whom nobody knows here get an account; empty for the same as for everybody
setting-about-oidc_mail_domains = Only people with a verified mail address in one of these may come in; empty for everybody
setting-about-oidc_role_claim = The provider’s claim that decides on roles at every sign-in; empty to leave them to admins
setting-about-oidc_roles = Which role each value of the provider’s claim means
setting-about-oidc_admins = Whether the provider may make admins, too
setting-about-max_source = Bytes of a submitted source
setting-about-max_body = Bytes of a request
setting-about-max_upload = Longest zip archive of a problem, in bytes
setting-about-max_check_seconds = Seconds that jobs of the check of one uploaded problem may take in all
setting-about-max_trace_seconds = The most that a problem may ask for: to trace a submission
setting-about-max_evaluate_seconds = The most that a problem may ask for: to compile and run all programs of a submission
setting-about-max_memory_mb = The most that a problem may ask for: megabytes of a process
setting-about-max_cpu_seconds = The most that a problem may ask for: processor time of a process
setting-about-max_output_kb = The most that a problem may ask for: kilobytes that a submission prints
setting-about-max_threads = The most that a problem may ask for: threads of a process
setting-about-max_artifact_kb = The most that a problem may ask for: kilobytes of a traced program
setting-about-max_operations = The most that a problem may ask for: operations of a traced program
setting-about-max_leaves = The most that a problem may ask for: arrays in arguments and results
setting-about-max_depth = The most that a problem may ask for: levels of containers in arguments and results
setting-about-max_result_mb = The most that a problem may ask for: megabytes of a program’s results

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
listed-unlisted = Unlisted
listed-hidden = Hidden
catalogue-due = { $count ->
    [one] One more problem is being prepared
   *[other] { $count } more problems are being prepared
  }. Load the page again to see what has come.
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
link-works-once = This link works once, until
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

problem-attempts = Your attempts at this problem
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
account-link-about = Your account opens with your password alone. Linked, it opens with { $name } too.
account-link = Link with { $name }
account-link-begun = Go on to { $name } and sign in there. You come back here when that is done.
account-linked = Your account opens to { $who }.
account-unlink = Unlink
account-leaving = Your data
account-export-about = Everything that is kept of you, as one JSON file: account, tokens, hints, attempts and runs with their sources and reports.
account-export = Export
account-erase = Erase this account
account-erase-about = This is for good. Your name, sources and reports are deleted; what is left is how attempts ended, without a name.
account-erase-sure = Erase it for good
flash-password-changed = The password is changed. Other browsers are signed out.
flash-token-revoked = The token is revoked.
flash-unlinked = The single sign-on does not open your account any more.
flash-erased = Your account is erased.

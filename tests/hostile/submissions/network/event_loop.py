# verdicts: sandbox_violation
# An event loop, which needs sockets of its own.
import asyncio


async def wait():
    await asyncio.sleep(0)


asyncio.run(wait())


def solve(x, y):
    return x

"""What to write in the learner's own lines, once the numbers have shown what is wrong.

Invariant: advice that is followed to the letter makes the line right. So each function here returns whole sentences,
or nothing wherever the source leaves a doubt: a name that is bound twice, two lines that could be meant, a piece that
takes several lines.
"""

# not_traceable
answers = []


def cheats(w, x):
    answers.append(w * x[:, None])
    return answers[0]

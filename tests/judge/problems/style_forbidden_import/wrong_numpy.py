# rule_broken forbidden_import
import numpy


def style_forbidden_import(x):
    return x + numpy.arange(x.size)

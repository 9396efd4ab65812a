from .next_act import OWNERS_OF_SIDE as OWNERS_OF_SIDE, NextAct as NextAct, next_act_for as next_act_for

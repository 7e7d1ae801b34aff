"""The council: sessions with their chain of dates, agendas, papers, and the verbs on them."""

"""Invented names typical of each region; any likeness to a real person is chance."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Names:
    """Given names by sex, and second names; each a string of words separated by spaces."""

    male: str
    female: str
    second: str

    def of(self, sex: str, dice: Random) -> str:
        """A full name in the capitals of an identity card; some people have one name only."""
        given = dice.choice((self.male if sex == "L" else self.female).split())
        if dice.random() < 0.15:
            return given.upper()
        return f"{given} {dice.choice(self.second.split())}".upper()


JAVANESE = Names(
    male=(
        "Sutikno Marsudi Parmin Wagimin Tukiran Saelan Poniran Jumadi Karsono Suyatno Ngadiman "
        "Mulyadi Rukimin Bejo Waluyo Pardi Samidi Kateno Mujiono Legiman Suroto Tarmuji"
    ),
    female=(
        "Sumiati Parmi Wagiyem Tukinah Sulastri Poniyem Jumirah Karsiyem Suyatmi Ngatini Mulyani "
        "Rukmini Bejirah Waljinah Pariyem Samini Katemi Mujiati Legiyem Suratmi Tarsih"
    ),
    second=(
        "Wibisono Harjanto Sasmito Kusworo Purwanto Handoyo Wijayanto Santosa Prayogo Utomo "
        "Setyawan Nugroho Raharjo Pamungkas Hartono Winarno Sudibyo Prasetya Widodo Saputro"
    ),
)
MADURESE = Names(
    male=(
        "Muhayyin Sahrawi Busairi Marzuki Holil Misbahul Saiful Abdurrahman Hasyim Matrawi "
        "Buhari Rofiki Mahfud Samsuri Zainul Nawawi Fathorrozi Rasyidi Sunardi Jupriyanto"
    ),
    female=(
        "Sittiyah Rohemah Busiyah Maimunah Hotijah Misnatun Saodah Halimatus Hasiyah Matijah "
        "Buati Rofiah Mahmudah Sumiyati Zainab Nawiyah Fatimatus Rasyidah Suhartatik Juwariyah"
    ),
    second=(
        "Hidayat Efendi Anwar Bahri Hasan Mustofa Ridwan Syafii Muslim Kurniawan Fauzan Latif "
        "Amin Basri Karim Yunus Jamil Sholeh Huda Rahman"
    ),
)
MALAY = Names(
    male=(
        "Ahmadi Burhan Darwis Effendi Gusti Hermanto Ibrahim Jamhari Kamarudin Mahyudin Nasrun "
        "Petrus Ruslan Saparudin Tamrin Usman Viktor Yohanes Zulkarnaen Abang"
    ),
    female=(
        "Asmah Basnah Dayang Erna Farida Hamidah Ipah Jamilah Kartini Masnah Norhayati Paulina "
        "Rohana Salmiah Theresia Umi Veronika Yuliana Zubaidah Agustina"
    ),
    second=(
        "Alkadrie Syarif Maulana Hamzah Iskandar Yusuf Sabran Rahmadi Pradana Salim Idris "
        "Marwan Arifin Mansyur Saleh Bujang Firdaus Jailani Hanafi Rusdi"
    ),
)
MINANGKABAU = Names(
    male=(
        "Syafrizal Yusrizal Afrizal Masrul Nasrul Zulfahmi Erizal Dasril Amrizal Bustami Hendri "
        "Jasman Khairul Muslim Nofrizal Syahrul Rafli Ismail Taufik Zainal"
    ),
    female=(
        "Asniar Yusnidar Nurbaiti Marniati Desmawati Zuraida Erniwati Rosmaniar Yurnalis Fatmawati "
        "Gusnita Halimah Jusmaini Kasmawati Lisdarni Murniati Nelfita Syamsiar Wirdaneti"
    ),
    second=(
        "Caniago Piliang Koto Tanjung Sikumbang Jambak Guci Melayu Pitopang Bendang Payobada "
        "Kutianyir Simabur Pagarcancang Dalimo Singkuang Panai Mandailing"
    ),
)

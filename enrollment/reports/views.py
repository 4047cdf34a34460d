from django.shortcuts import render


def home(request):
    """What must I do now?"""
    return render(request, "reports/home.html")

docker run -d --name broker -p 1884:1883 -v "$PWD:/mosquitto/config" eclipse-mosquitto:2
# apply

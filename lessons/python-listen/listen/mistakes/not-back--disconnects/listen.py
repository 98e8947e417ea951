import os

import paho.mqtt.client as mqtt


def on_connect(client, userdata, flags, reason_code, properties):
    print('connected:', reason_code)
    client.subscribe('home/livingroom/temperature')


def on_message(client, userdata, message):
    client.disconnect()


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
client.username_pw_set(os.environ['ROOM'])
client.on_connect = on_connect
client.on_message = on_message
client.connect(os.environ['HOST'], int(os.environ['PORT']))
client.loop_forever()
